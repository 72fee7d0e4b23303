import { examplePipeline } from './fixtures/pipelines';
import { pipelineFile, recordedPipelineOptions } from './pipeline-file';

const file = '.github/workflows/images.yml';
const pipeline = examplePipeline('github');
const said = { engine: 'native', push: 'ghcr.io/acme/shop/{projectName}' } as const;
const trunk = examplePipeline('github', { mainBranch: 'trunk' });

describe('the file of a pipeline', () => {
  const text = pipelineFile(undefined, file, pipeline, said);

  it('remembers what was said, and nothing else', () => {
    const options = Object.fromEntries(recordedPipelineOptions(text, file));
    expect(options).toEqual({ ...said, checksum: expect.stringMatching(/^[0-9a-f]{12}$/) });
    expect(recordedPipelineOptions(undefined, file).size).toBe(0);
  });

  it('stays the same where nothing has changed, with the line ends of Windows too', () => {
    expect(pipelineFile(text, file, pipeline, said)).toBe(text);
    const windows = text.replaceAll('\n', '\r\n');
    expect(pipelineFile(windows, file, pipeline, said)).toBe(windows);
  });

  it('is renewed in its block, and keeps what its owner has put around it', () => {
    const own = `# Reviewed by ops.\n${text}\n  deploy:\n    needs: push\n`;
    const renewed = pipelineFile(own, file, trunk, said);
    expect(renewed).toBe(
      `# Reviewed by ops.\n${pipelineFile(undefined, file, trunk, said)}\n  deploy:\n    needs: push\n`,
    );
    expect(renewed).toContain('      - trunk\n');
  });

  it('is not touched where its block was edited, until that is forced or the checksum is gone', () => {
    const edited = text.replace('ubuntu-24.04', 'self-hosted');
    expect(() => pipelineFile(edited, file, trunk, said)).toThrow(
      `${file}:4: The lines of this block are no longer as "nx g go-docker:ci" has written them\n→ remove both markers`,
    );
    expect(pipelineFile(edited, file, trunk, said, true)).toBe(pipelineFile(undefined, file, trunk, said));
    const unguarded = edited.replace(/ checksum=\w+/, '');
    expect(pipelineFile(unguarded, file, trunk, said)).toBe(pipelineFile(undefined, file, trunk, said));
  });

  it('keeps an action that Dependabot has moved on, and is renewed all the same', () => {
    const moved = text.replaceAll(/(actions\/checkout)@\w{40} # v[\d.]+/g, `$1@${'c'.repeat(40)} # v9.1.0`);
    expect(pipelineFile(moved, file, pipeline, said)).toBe(moved);
    const renewed = pipelineFile(moved, file, trunk, said);
    expect(renewed).toContain(`uses: actions/checkout@${'c'.repeat(40)} # v9.1.0`);
    expect(renewed).toContain('      - trunk\n');
  });

  it('takes the place of another one only where that is forced', () => {
    expect(() => pipelineFile('name: images\n', file, pipeline, said)).toThrow(
      `${file}: This file was not written by go-docker\n→ move its jobs to a file of another name`,
    );
    expect(pipelineFile('name: images\n', file, pipeline, said, true)).toBe(text);
    expect(pipelineFile('\n', file, pipeline, said)).toBe(text);
  });
});
