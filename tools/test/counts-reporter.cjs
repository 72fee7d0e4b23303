const { writeFileSync } = require('node:fs');

/**
 * Writes what a run counts as to the file that COUNTS_FILE names, in the form of `jest --json`. Jest's own report fails to be
 * written when a test fails with an error that refers to itself, as those of child processes do.
 * Whether the run succeeded is not known here yet: its exit code says that.
 */
module.exports = class CountsReporter {
  onRunComplete(_contexts, results) {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = results;
    const { numRuntimeErrorTestSuites, numTotalTests } = results;
    const testResults = results.testResults.map((file) => ({
      assertionResults: file.testResults.map(({ status, fullName }) => ({ status, fullName })),
    }));
    const counts = { numPassedTests, numFailedTests, numPendingTests, numTodoTests };
    const report = { ...counts, numRuntimeErrorTestSuites, numTotalTests, testResults };
    writeFileSync(process.env.COUNTS_FILE, JSON.stringify(report));
  }
};
