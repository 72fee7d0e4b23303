/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import {
  GREW,
  measuredPlatform,
  OVER,
  reportedImage,
  SAME,
  WITHIN,
} from '../../src/workspace-report/fixtures/reported-image';
import { htmlReport } from '../../src/workspace-report/page/html-report';
import { workspaceReport } from '../../src/workspace-report/workspace-report';

const repository = resolve(__dirname, '../../../..');

jest.setTimeout(120_000);

describe('the page of the report, in a browser', () => {
  let folder = '';
  let browser: Browser;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'report-page-'));
    const past = (day: string, unpackedBytes: number) => ({
      commit: day.replaceAll('-', '').padEnd(40, '0'),
      date: `${day}T12:00:00Z`,
      platforms: [{ platform: 'linux/amd64', unpackedBytes, compressedBytes: unpackedBytes }],
    });
    const report = workspaceReport([
      reportedImage(
        'api',
        [measuredPlatform({ comparison: GREW, judgements: [...OVER, ...WITHIN] })],
        [past('2026-01-10', 8_000_000), past('2026-02-10', 8_500_000)],
      ),
      reportedImage('</script><img src=x onerror=alert(1)>', [measuredPlatform({ comparison: SAME })]),
      reportedImage('worker', [measuredPlatform({ comparison: { state: 'new' } })]),
    ]);
    writeFileSync(join(folder, 'report.html'), htmlReport(report, 'Image sizes'));
    const executablePath = execFileSync(process.execPath, [join(repository, 'tools/chromium.mjs')], {
      encoding: 'utf8',
    }).trim();
    // Chromium refuses to be root in its sandbox; it opens nothing but our own file.
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  afterEach(async () => {
    await page.close();
    expect(problems.splice(0)).toEqual([]);
  });

  async function open(options: BrowserContextOptions = {}, hash = ''): Promise<void> {
    page = await browser.newPage(options);
    page.setDefaultTimeout(15_000);
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => problems.push(message.text()));
    page.on('request', (request) => {
      if (!/^(file|data):/.test(request.url())) problems.push(`it asked for ${request.url()}`);
    });
    await page.goto(`${pathToFileURL(join(folder, 'report.html')).href}${hash}`);
  }

  const rowNames = () => page.locator('tr.image:visible .open').allTextContents();
  const row = (name: string) => page.locator('tr.image', { hasText: name });
  const crumbs = () => page.locator('.crumbs').innerText();

  it('shows a row for each image, with sizes, change, budget and history', async () => {
    await open();
    expect(await rowNames()).toEqual(['</script><img src=x onerror=alert(1)>', 'api', 'worker']);
    expect(await row('api').innerText()).toMatch(
      /10\.0 MB\s+base 2\.00 MB, app 8\.00 MB\s+4\.00 MB[^]*\+1\.50 MB \(18%\) unpacked[^]*unpacked: 2\.00 MB over 8 MB/,
    );
    await expect(page.locator('svg.history').getAttribute('aria-label')).resolves.toBe(
      '2 commits since 2026-01-10: 8.00 MB then, 10.0 MB now',
    );
    expect(await page.locator('.summary').innerText()).toBe('3 images, 1 over its budget, 1 grew, 1 new');
  });

  it('has the bar of a broken limit in another colour than that of one that is kept', async () => {
    await open();
    expect(await row('api').locator('.words').allTextContents()).toEqual([
      'unpacked: 2.00 MB over 8 MB',
      'compressed: 80% of 5 MB',
    ]);
    const [broken, kept] = await row('api')
      .locator('.bar .app')
      .evaluateAll((bars) => bars.map((bar) => getComputedStyle(bar).backgroundColor));
    expect(broken).not.toBe(kept);
  });

  it('opens an image into a map of its parts, and a part into what it consists of', async () => {
    await open();
    await page.getByRole('button', { name: 'api', exact: true }).click();
    const map = page.getByRole('group', { name: 'Bytes of api' });
    const shares = await map
      .locator('.tile')
      .evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute('title')));
    expect(shares).toEqual(
      expect.arrayContaining([
        '/usr/local/bin/api: 7.90 MB, 79%',
        'Go standard library (go1.26.8): 5.00 MB, 50%',
        'golang.org/x/text v0.30.0: 1.50 MB, 15%',
        'base image: 2.00 MB, 20%',
      ]),
    );
    await map.getByRole('button', { name: 'Open Go standard library' }).click();
    expect((await crumbs()).replace(/\s+/g, ' ')).toBe(
      'api /usr/local/bin/api Go standard library (go1.26.8)',
    );
    await expect(map.getByRole('img', { name: 'net/http: 3.00 MB, 60%' }).isVisible()).resolves.toBe(true);
    await page.locator('.crumbs').getByRole('button', { name: 'api', exact: true }).first().click();
    expect(await crumbs()).toBe('api');
  });

  it('has tiles whose areas are as large as their shares', async () => {
    await open();
    await page.getByRole('button', { name: 'api', exact: true }).click();
    const area = async (name: string) => {
      const box = await page.locator(`.tile[title^="${name}"]`).boundingBox();
      return (box?.width ?? 0) * (box?.height ?? 0);
    };
    const ratio = (await area('Go standard library')) / (await area('golang.org/x/text'));
    expect(ratio).toBeGreaterThan(0.98 * (5 / 1.5));
    expect(ratio).toBeLessThan(1.02 * (5 / 1.5));
  });

  it('lists what has changed', async () => {
    await open();
    await page.getByRole('button', { name: 'api', exact: true }).click();
    const changes = page.locator('.lists > div').last();
    expect(await changes.locator('h3').innerText()).toBe('Changed since apps/api/image-size.json');
    expect(await changes.locator('tr').first().innerText()).toMatch(
      /^\+1\.50 MB\s+module\s+golang\.org\/x\/text v0\.30\.0, new$/,
    );
  });

  it('can be used with the keyboard alone', async () => {
    await open();
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    await page.locator('#found').evaluate(() => document.getElementById('find')?.focus());
    for (let presses = 0; presses < 20 && (await focused()) !== 'api'; presses++) {
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    expect(await page.locator('.detail').count()).toBe(1);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect((await crumbs()).replace(/\s+/g, ' ')).toBe('api /usr/local/bin/api');
    await page.keyboard.press('Backspace');
    expect(await crumbs()).toBe('api');
    await page.keyboard.press('Escape');
    expect(await page.locator('.detail').count()).toBe(0);
    expect(await focused()).toBe('api');
  });

  it('finds images by the names of their parts, and shows what changed or is over its budget', async () => {
    await open();
    await page.locator('#find').fill('X/TEXT');
    expect(await rowNames()).toHaveLength(3);
    await page.locator('#find').fill('worker');
    expect(await rowNames()).toEqual(['worker']);
    expect(await page.locator('#found').innerText()).toBe('1 of 3');
    await page.locator('#find').fill('');
    await page.getByLabel('over budget').check();
    expect(await rowNames()).toEqual(['api']);
    await page.getByLabel('changed').check();
    expect(await rowNames()).toEqual(['api', 'worker']);
  });

  it('sorts by any figure, largest first', async () => {
    await open();
    await page.getByRole('button', { name: 'Change' }).click();
    expect(await rowNames()).toEqual(['worker', 'api', '</script><img src=x onerror=alert(1)>']);
    expect(await page.locator('[aria-sort="descending"]').innerText()).toBe('Change');
  });

  it('opens the image that its address names', async () => {
    await open({}, '#api/linux/amd64');
    expect(await crumbs()).toBe('api');
  });

  it.each(['light', 'dark'] as const)('can be read in %s colours', async (colorScheme) => {
    await open({ colorScheme });
    await page.getByRole('button', { name: 'api', exact: true }).click();
    // WCAG 2.2, 1.4.3: 4.5 to 1 for text of ordinary size.
    const poor = await page.evaluate(() => {
      const channels = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number);
      const luminance = (color: string) => {
        const [red = 0, green = 0, blue = 0] = channels(color).map((channel) => {
          const share = channel / 255;
          return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      };
      const backgroundOf = (element: Element | null): string => {
        if (!element) return 'rgb(255, 255, 255)';
        const { backgroundColor } = getComputedStyle(element);
        return channels(backgroundColor)[3] === 0 ? backgroundOf(element.parentElement) : backgroundColor;
      };
      const texts = [...document.querySelectorAll('body *')].filter(
        (element) =>
          element.tagName !== 'SCRIPT' &&
          element.checkVisibility() &&
          [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()),
      );
      return texts.flatMap((element) => {
        const [one, other] = [
          luminance(getComputedStyle(element).color),
          luminance(backgroundOf(element)),
        ].sort((a, b) => b - a);
        const contrast = ((one ?? 0) + 0.05) / ((other ?? 0) + 0.05);
        return contrast < 4.5 ? [`${element.textContent}: ${contrast.toFixed(2)}`] : [];
      });
    });
    expect(poor).toEqual([]);
  });

  it('fits a phone, and shows there what each figure is', async () => {
    await open({ viewport: { width: 360, height: 740 }, isMobile: true });
    await page.getByRole('button', { name: 'api', exact: true }).click();
    const wider = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wider).toBe(0);
    const label = await row('api')
      .locator('td')
      .first()
      .evaluate((cell) => getComputedStyle(cell, '::before').content);
    expect(label).toBe('"Unpacked"');
  });

  it('says everything in its rows without JavaScript', async () => {
    await open({ javaScriptEnabled: false });
    expect(await row('api').innerText()).toContain('unpacked: 2.00 MB over 8 MB');
    expect(await page.getByRole('button', { name: 'api', exact: true }).isDisabled()).toBe(true);
  });
});
