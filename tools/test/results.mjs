// What a Jest run counts as. A test that was skipped has not passed.

/**
 * @param {object | undefined} report what counts-reporter.cjs wrote, and `success`: whether Jest exited with 0; undefined
 *   when it wrote nothing
 * @param {string} name how the run is called in a problem
 * @returns {{ passed: number, failed: number, problems: string[] }}
 */
export function countTests(report, name) {
  if (!report) return { passed: 0, failed: 1, problems: [`${name}: Jest did not finish.`] };
  const skipped = report.numPendingTests + report.numTodoTests;
  const broken = report.numRuntimeErrorTestSuites;
  const failed = report.numFailedTests + skipped + broken;
  const problems = [
    ...(skipped > 0 ? [`${name}: ${skipped} skipped, which counts as failed: ${skippedNames(report)}`] : []),
    ...(broken > 0 ? [`${name}: ${broken} spec files could not be run.`] : []),
    ...(report.numTotalTests === 0 ? [`${name}: there was not one test.`] : []),
    // Jest also fails for reasons that no test stands for, such as an open handle or a bad configuration.
    ...(!report.success && failed === 0 ? [`${name}: Jest failed, but no test did.`] : []),
  ];
  return { passed: report.numPassedTests, failed: failed || (problems.length > 0 ? 1 : 0), problems };
}

/** The last line of a run. */
export function summary(counts) {
  const sum = (key) => counts.reduce((total, count) => total + count[key], 0);
  return {
    passed: sum('passed'),
    failed: sum('failed'),
    line: `${sum('passed')} passed, ${sum('failed')} failed`,
  };
}

function skippedNames(report) {
  return report.testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status !== 'passed' && status !== 'failed')
    .map(({ fullName }) => `"${fullName}"`)
    .join(', ');
}
