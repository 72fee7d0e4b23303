import {
  containerdStore,
  loadLayout,
  removeDockerThings,
  requireDocker,
  runContainer,
} from './docker/docker';
import { refused } from './workspace/refusal';
import { mustSucceed } from './workspace/set-up';
import { tasksRun } from './workspace/tasks';
import { createWorkspace, removeWorkspaces, type Workspace } from './workspace/workspace';

jest.setTimeout(10 * 60_000);

/** Writes a Go file for every .proto file, as protoc does, and embeds nothing of the machine. */
const GENERATOR = `
const { mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const name = /message (\\w+)/.exec(readFileSync('schemas/order.proto', 'utf8'))[1];
mkdirSync('gen/order', { recursive: true });
const imports = 'import "example.com/shop/money"';
writeFileSync('gen/order/order.pb.go', \`package order\\n\\n\${imports}\\n\\nconst Name = "\${name} in " + money.Unit\\n\`);
`;

describe('an image with generated code that Git ignores', () => {
  let workspace: Workspace;

  const build = () => mustSucceed(workspace, ['run', 'api:image']);
  const printed = async () => {
    const image = await loadLayout(containerdStore, workspace.path('dist/images/api'));
    return (await runContainer(containerdStore, image, [])).output.trim();
  };

  beforeAll(async () => {
    await requireDocker(containerdStore);
    workspace = await createWorkspace({
      files: {
        '.gitignore': 'node_modules/\ndist/\n.nx/\n*.pb.go\n',
        'go.mod': 'module example.com/shop\n\ngo 1.26.0\n',
        'apps/api/main.go':
          'package main\n\nimport (\n\t"fmt"\n\n\t"example.com/shop/gen/order"\n)\n\nfunc main() { fmt.Println(order.Name) }\n',
        'money/money.go': 'package money\n\nconst Unit = "euros"\n',
        'schemas/order.proto': 'message Order {}\n',
        'schemas/generate.js': GENERATOR,
        'schemas/project.json': JSON.stringify({
          name: 'schemas',
          targets: {
            proto: {
              command: 'node schemas/generate.js',
              cache: true,
              inputs: ['{projectRoot}/**/*'],
              outputs: ['{workspaceRoot}/gen'],
            },
          },
        }),
      },
    });
    await mustSucceed(workspace, ['g', 'go-docker:init']);
    await workspace.commit();
  });
  afterAll(async () => {
    await removeDockerThings();
    removeWorkspaces();
  });

  it('is refused by setup while nothing is known to make the code, with the target that may', async () => {
    const output = await refused(workspace, ['g', 'go-docker:setup', 'apps/api']);

    expect(output).toContain('apps/api/main.go:6');
    expect(output).toContain('there are no Go files in gen/order');
    expect(output).toContain('nx g go-docker:setup apps/api --generatedBy=schemas:proto');
  });

  it('is built after the target that makes the code, from a clean clone', async () => {
    await mustSucceed(workspace, [
      'g',
      'go-docker:setup',
      'apps/api',
      '--runner=scratch',
      '--generatedBy=schemas:proto',
    ]);
    await workspace.commit();

    // The ignore file does not know yet what the code imports: that can only be told when it is there.
    await mustSucceed(workspace, ['run', 'schemas:proto']);
    await mustSucceed(workspace, ['g', 'go-docker:setup', 'api']);
    await workspace.commit();
    workspace.remove('gen');
    const output = await build();

    expect(tasksRun(output)).toEqual(['api:image']);
    expect(await printed()).toBe('Order in euros');
  });

  it('comes from the cache with the code and without', async () => {
    expect(tasksRun(await build())).toEqual([]);
    workspace.remove('gen');
    expect(tasksRun(await build())).toEqual([]);
    expect(await workspace.changes()).toEqual([]);
  });

  it('keeps its files when setup runs without the code', async () => {
    workspace.remove('gen');
    await mustSucceed(workspace, ['g', 'go-docker:setup']);
    expect(await workspace.changes()).toEqual([]);
    await mustSucceed(workspace, ['sync:check']);
  });

  it('is built anew when the code is, and when what only the code imports changes', async () => {
    workspace.edit('schemas/order.proto', 'Order', 'Invoice');
    expect(tasksRun(await build())).toEqual(['api:image', 'schemas:proto']);
    expect(await printed()).toBe('Invoice in euros');

    workspace.edit('money/money.go', 'euros', 'francs');
    expect(tasksRun(await build())).toEqual(['api:image']);
    expect(await printed()).toBe('Invoice in francs');
  });

  it('is not built when the target makes nothing', async () => {
    workspace.remove('gen');
    workspace.edit('apps/api/project.json', '"dependsOn"', '"dependsOnNothing"');

    const output = await refused(workspace, ['run', 'api:image']);

    expect(output).toContain('apps/api/main.go:6');
    expect(output).toContain('generated code of api is missing');
    expect(output).toContain('gen/order: no Go files');
  });
});
