import { countTests, summary } from './results.mjs';

/** A report as `jest --json` writes it: https://jestjs.io/docs/configuration#testresultsprocessor-string */
const report = {
  success: true,
  numTotalTests: 3,
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0,
  testResults: [],
};

describe('countTests', () => {
  it('counts what passed', () => {
    expect(countTests(report, 'unit')).toEqual({ passed: 3, failed: 0, problems: [] });
  });

  it('counts a skipped test as failed and names it', () => {
    const skipped = {
      ...report,
      numPassedTests: 2,
      numPendingTests: 1,
      testResults: [{ assertionResults: [{ status: 'pending', fullName: 'image builds' }] }],
    };
    expect(countTests(skipped, 'e2e')).toEqual({
      passed: 2,
      failed: 1,
      problems: ['e2e: 1 skipped, which counts as failed: "image builds"'],
    });
  });

  it('fails when there was not one test', () => {
    const empty = { ...report, numTotalTests: 0, numPassedTests: 0 };
    expect(countTests(empty, 'e2e')).toEqual({
      passed: 0,
      failed: 1,
      problems: ['e2e: there was not one test.'],
    });
  });

  it('fails when Jest wrote no report', () => {
    expect(countTests(undefined, 'e2e')).toEqual({
      passed: 0,
      failed: 1,
      problems: ['e2e: Jest did not finish.'],
    });
  });

  it('counts a spec file that could not be loaded', () => {
    const broken = { ...report, success: false, numRuntimeErrorTestSuites: 1 };
    expect(countTests(broken, 'unit')).toMatchObject({ passed: 3, failed: 1 });
  });

  it('fails when Jest failed although no test did', () => {
    expect(countTests({ ...report, success: false }, 'unit')).toMatchObject({ passed: 3, failed: 1 });
  });
});

describe('summary', () => {
  it('adds up all runs into one plain line', () => {
    const counts = [
      { passed: 3, failed: 0, problems: [] },
      { passed: 10, failed: 2, problems: [] },
    ];
    expect(summary(counts).line).toBe('13 passed, 2 failed');
  });
});
