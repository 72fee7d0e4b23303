/** The answer of the first call for all calls; where that threw, they throw the same. */
export function once<T>(read: () => T): () => T {
  let answer: { readonly value: T } | { readonly error: unknown } | undefined;
  return () => {
    answer ??= attempted(read);
    if ('error' in answer) throw answer.error;
    return answer.value;
  };
}

/** The answer to each question is that of the first time; a promise that is rejected stays so. */
export function onceEach<Question, T>(ask: (question: Question) => T): (question: Question) => T {
  const answers = new Map<Question, T>();
  return (question) => {
    const known = answers.get(question);
    if (known !== undefined) return known;
    const answer = ask(question);
    answers.set(question, answer);
    return answer;
  };
}

function attempted<T>(read: () => T): { readonly value: T } | { readonly error: unknown } {
  try {
    return { value: read() };
  } catch (error) {
    return { error };
  }
}
