import { formatDifference } from '../../budgets/sizes';
import type { MeasuredPlatform, PartChange } from '../../measuring/measured-image';
import { baselineName, bytesOfChange, partName } from '../../reports/part-change';
import { partChanges, type PartSort } from '../part-changes';
import type { ReportedImage } from '../workspace-report';
import { type ImagePart, imageParts, PART_KINDS } from './image-parts';

/**
 * What the script of the page reads (client/parts.js). Names stand in a table of their own: hundreds of images link the same packages.
 */
export interface PageData {
  readonly names: readonly string[];
  readonly kinds: readonly string[];
  readonly images: Readonly<Record<string, PageImage>>;
}

export interface PageImage {
  readonly title: string;
  readonly whole: PagePart;
  readonly notes: readonly string[];
  /** Heading of the changes. */
  readonly since: string;
  readonly changes: readonly PageChange[];
}

type PageChange = readonly [sort: string, name: string, text: string, note: string];

export type PagePart =
  | readonly [name: number, kind: number, bytes: number]
  | readonly [name: number, kind: number, bytes: number, parts: readonly PagePart[]];

/** The id of a row, which is also the address of an opened image: `#api/linux/amd64`. */
export function rowId(project: string, platform: string): string {
  return encodeURIComponent(`${project}/${platform}`).replaceAll('%2F', '/');
}

export function pageData(images: readonly ReportedImage[]): PageData {
  const names = new Map<string, number>();
  const numberOf = (name: string): number => {
    const known = names.get(name) ?? names.size;
    names.set(name, known);
    return known;
  };
  const numbered = ({ name, kind, bytes, parts }: ImagePart): PagePart => {
    const head = [numberOf(name), PART_KINDS.indexOf(kind), bytes] as const;
    return parts === undefined || parts.length === 0 ? head : [...head, parts.map(numbered)];
  };
  const entries = images.flatMap((image) =>
    image.platforms.map((platform) => {
      const title = image.platforms.length > 1 ? `${image.project} for ${platform.platform}` : image.project;
      const whole = numbered(imageParts(title, platform));
      return [rowId(image.project, platform.platform), { title, whole, ...changesOf(image, platform) }];
    }),
  );
  return { kinds: PART_KINDS, images: Object.fromEntries(entries), names: [...names.keys()] };
}

function changesOf(
  image: ReportedImage,
  platform: MeasuredPlatform,
): Pick<PageImage, 'notes' | 'since' | 'changes'> {
  const against = baselineName(image);
  const { comparison } = platform;
  const notes = platform.programs.flatMap(({ path, breakdown }) =>
    'unknown' in breakdown ? [`${path} could not be broken down: ${breakdown.unknown}.`] : [],
  );
  switch (comparison.state) {
    case 'untracked':
      return { notes, since: `Nothing to compare with: there is no ${image.baseline.file}`, changes: [] };
    case 'new':
      return { notes, since: `New since ${against}`, changes: [] };
    case 'compared': {
      const changes = partChanges(comparison, platform).slice(0, MOST_CHANGES).map(pageChange);
      return {
        notes,
        changes,
        since: changes.length === 0 ? `The same as in ${against}` : `Changed since ${against}`,
      };
    }
  }
}

const MOST_CHANGES = 30;

function pageChange([sort, change]: readonly [PartSort, PartChange]): PageChange {
  return [sort, partName(change), formatDifference(bytesOfChange(change)), noteOn(change)];
}

function noteOn({ state, wasVersion }: PartChange): string {
  if (state === 'new') return 'new';
  if (state === 'gone') return 'gone';
  if (state === 'unlisted') return 'not named before';
  return wasVersion === undefined ? '' : `was ${wasVersion}`;
}
