/** The answer of the first call for all calls; where that threw, they throw the same. */
export function once<T>(read: () => T): () => T {
  let answer: { readonly value: T } | { readonly error: unknown } | undefined;
  return () => {
    answer ??= attempted(read);
    if ('error' in answer) throw answer.error;
    return answer.value;
  };
}

function attempted<T>(read: () => T): { readonly value: T } | { readonly error: unknown } {
  try {
    return { value: read() };
  } catch (error) {
    return { error };
  }
}
