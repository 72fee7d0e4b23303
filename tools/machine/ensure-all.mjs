/**
 * Runs every set-up, so that a person learns at once of all that is missing.
 * @param {(() => unknown)[]} setUps each throws an Error that says what is missing and how to get it
 */
export function ensureAll(setUps) {
  const missing = [];
  for (const setUp of setUps) {
    try {
      setUp();
    } catch (error) {
      missing.push(error.message);
    }
  }
  if (missing.length > 0) throw new Error(missing.join('\n'));
}
