import { execFileSync } from 'node:child_process';
import { createCipheriv } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshWorkspace, mustRunNx, runNx } from '../repository/fresh-workspace.mjs';

/**
 * A workspace of examples/shop in which sizes are committed twice, and a change that is not committed breaks the budget of the api: profiles, prices in
 * the customer's language, and a large photo.
 *
 * @returns {string} its root, a temporary folder
 */
export function grownShop() {
  const workspace = freshWorkspace('examples/shop', 'go-docker-pictures-');
  const shop = editorOf(workspace);
  git(workspace, 'init', '--quiet');
  servePublicFiles(shop);
  mustRunNx(workspace, ['g', 'go-docker:init', '--no-interactive']);
  const runner = ['--runner=scratch', '--no-interactive'];
  mustRunNx(workspace, ['g', 'go-docker:setup', 'api', '--assets=public', ...runner]);
  mustRunNx(workspace, ['g', 'go-docker:setup', ...runner]);
  commitSizes(workspace, 'sizes');
  shop.edit('libs/money/money.go', '\t"fmt"\n', '\t"fmt"\n\t_ "text/template"\n');
  commitSizes(workspace, 'prices as texts');
  serveProfiles(shop);
  priceInLanguageOfCustomer(shop);
  shop.write('apps/api/public/team.jpg', incompressible(1_240_000));
  shop.write('image-budgets.json', BUDGETS);
  // The api is over its budget, which is meant.
  runNx(workspace, ['run-many', '-t', 'image-size', '--nxBail=false']);
  return workspace;
}

const BUDGETS = `{
  "default": "12 MB",
  "projects": {
    "api": { "unpacked": "22 MB", "compressed": "10 MB" },
    "worker": "6 MB",
  },
}
`;

const ROUTES = 'apps/api/internal/routes/routes.go';

function servePublicFiles(shop) {
  shop.write('apps/api/public/index.html', '<!doctype html>\n<title>Shop</title>\n');
  const health = '\trouter.GET("/healthz"';
  shop.edit(ROUTES, health, `\trouter.Static("/public", "public")\n${health}`);
}

/** In a library, so that two apps grow. */
function serveProfiles(shop) {
  shop.edit('libs/clock/clock.go', 'import (\n', 'import (\n\t_ "net/http/pprof"\n');
}

function priceInLanguageOfCustomer(shop) {
  const gin = '\t"github.com/gin-gonic/gin"\n';
  const text = ['currency', 'language', 'message'].map((name) => `\t"golang.org/x/text/${name}"\n`);
  shop.edit(ROUTES, gin, gin + text.join(''));
  shop.edit(
    ROUTES,
    '"total": order.Cents.Times(order.Pieces)})',
    '"price": priceFor(c, order.Cents.Times(order.Pieces))})',
  );
  shop.edit(
    ROUTES,
    '// hours says',
    `func priceFor(c *gin.Context, total money.Amount) string {
	printer := message.NewPrinter(language.Make(c.GetHeader("Accept-Language")))
	return printer.Sprint(currency.Symbol(currency.EUR.Amount(float64(total) / 100)))
}

// hours says`,
  );
}

/** As a photo is, and always the same. */
function incompressible(bytes) {
  return createCipheriv('aes-128-ctr', Buffer.alloc(16), Buffer.alloc(16)).update(Buffer.alloc(bytes));
}

function editorOf(workspace) {
  return {
    write(file, content) {
      mkdirSync(join(workspace, file, '..'), { recursive: true });
      writeFileSync(join(workspace, file), content);
    },
    edit(file, before, after) {
      const text = readFileSync(join(workspace, file), 'utf8');
      if (!text.includes(before)) throw new Error(`${file} is not what the pictures expect.`);
      writeFileSync(join(workspace, file), text.replace(before, after));
    },
  };
}

function commitSizes(workspace, message) {
  mustRunNx(workspace, ['run-many', '-t', 'image-size', '--update']);
  git(workspace, 'add', '--all');
  git(workspace, 'commit', '--quiet', '--message', message);
}

function git(workspace, ...args) {
  const author = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];
  execFileSync('git', [...author, ...args], { cwd: workspace, stdio: 'inherit' });
}
