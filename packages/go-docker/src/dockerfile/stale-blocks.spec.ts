import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { api } from './fixtures/app-images';
import { staleBlocks, staleBlocksError } from './stale-blocks';

const expected = (path: string) => readFileSync(join(__dirname, 'fixtures', path), 'utf8');
const dockerfile = expected('distroless/Dockerfile');
const dockerignore = expected('distroless/Dockerfile.dockerignore');

describe('stale blocks', () => {
  it('are none right after setup', () => {
    expect(staleBlocks(api, { dockerfile, dockerignore })).toEqual([]);
  });

  it('are none where only line ends and lines of the user differ', () => {
    const edited = `${dockerfile}LABEL a=b\n`.replaceAll('\n', '\r\n');
    expect(staleBlocks(api, { dockerfile: edited, dockerignore: `${dockerignore}!x\n` })).toEqual([]);
  });

  it('are none in a Dockerfile without managed blocks', () => {
    expect(staleBlocks(api, { dockerfile: 'FROM scratch AS runner\n', dockerignore: '*\n' })).toEqual([]);
    expect(staleBlocks(api, {})).toEqual([]);
  });

  it('are those whose text the workspace no longer gives, each with its line', () => {
    const modules = { ...api.closure.modules, files: [...api.closure.modules.files, 'libs/new/go.mod'] };
    const grown = { ...api, goVersion: '1.27.0', closure: { ...api.closure, modules } };
    expect(staleBlocks(grown, { dockerfile, dockerignore })).toEqual([
      { file: 'apps/api/Dockerfile', block: 'base', line: 5 },
      { file: 'apps/api/Dockerfile', block: 'deps', line: 11 },
      { file: 'apps/api/Dockerfile.dockerignore', block: 'context', line: 4 },
    ]);
  });

  it('are not the context when a package gets one more Go file', () => {
    const files = [...api.closure.files, 'libs/log/more.go'].sort();
    expect(staleBlocks({ ...api, closure: { ...api.closure, files } }, { dockerfile, dockerignore })).toEqual(
      [],
    );
  });

  it('are the context when the user copies something it does not let in', () => {
    const own = dockerfile.replace('USER 65532', 'COPY LICENSE /\nUSER 65532');
    expect(staleBlocks(api, { dockerfile: own, dockerignore })).toEqual([
      { file: 'apps/api/Dockerfile.dockerignore', block: 'context', line: 4 },
    ]);
  });

  it('are the context when the ignore file is missing', () => {
    expect(staleBlocks(api, { dockerfile })).toEqual([
      { file: 'apps/api/Dockerfile.dockerignore', block: 'context' },
    ]);
  });

  it('become an error that names them and the command that mends them', () => {
    const stale = [
      { file: 'apps/api/Dockerfile', block: 'deps', line: 11 },
      { file: 'apps/api/Dockerfile.dockerignore', block: 'context' },
    ];
    expect(staleBlocksError(stale, 'api').message)
      .toBe(`apps/api/Dockerfile:11: The Dockerfile no longer fits the workspace: these blocks are out of date
  apps/api/Dockerfile:11 deps
  apps/api/Dockerfile.dockerignore context
→ \`nx sync\` renews them in every file, \`nx g go-docker:setup api\` in this app's`);
  });
});
