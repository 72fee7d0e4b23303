import { GoDockerError } from '../errors';
import type { Bytes } from '../images/image-json';

interface Unit {
  readonly bytes: Bytes;
  /** How many digits behind the point still say a byte or more. */
  readonly decimals: number;
}

/** Decimal units as disks and registries use them, binary ones as IEC 80000-13 names them. */
const UNITS: ReadonlyMap<string, Unit> = new Map([
  ['B', { bytes: 1, decimals: 0 }],
  ['kB', { bytes: 1e3, decimals: 3 }],
  ['KB', { bytes: 1e3, decimals: 3 }],
  ['MB', { bytes: 1e6, decimals: 6 }],
  ['GB', { bytes: 1e9, decimals: 9 }],
  ['KiB', { bytes: 2 ** 10, decimals: 3 }],
  ['MiB', { bytes: 2 ** 20, decimals: 6 }],
  ['GiB', { bytes: 2 ** 30, decimals: 9 }],
]);

/** In digits, which a JSON schema can count, too; that many are exact as a number. */
const MOST_DIGITS = 15;

/** A size that was read, or the reason why it is none: a sentence without a full stop that ends in an example. */
export type SizeReading = { readonly bytes: Bytes } | { readonly problem: string };

/**
 * Reads a size as a person writes it: `15 MB`, `1.5MiB`, `800 kB`. MB is 10^6 bytes, MiB is 2^20.
 *
 * @returns Whole bytes, at least one.
 * @throws GoDockerError when the text is no size, zero or negative; the message ends in an example.
 */
export function parseSize(text: string): Bytes {
  const reading = readSize(text);
  if ('problem' in reading) throw new GoDockerError(reading.problem);
  return reading.bytes;
}

/**
 * As {@link parseSize}, for any JSON value, and with the problem as a value. The JSON schema of the budget file takes and refuses the same: all that
 * decides are digits.
 */
export function readSize(value: unknown): SizeReading {
  if (typeof value !== 'string') return notASize(value);
  const [, sign, whole, decimals = '', name = ''] = SIZE.exec(value.trim()) ?? [];
  const unit = UNITS.get(name);
  if (whole === undefined || unit === undefined) return notASize(value);
  const size = Number(`${whole}.${decimals}`) * unit.bytes;
  if (size === 0) return refused(value, 'is less than one byte', 'write a size above zero', `12 ${name}`);
  if (sign === '-') {
    return refused(value, 'is negative', 'write a size above zero', value.trim().slice(1));
  }
  if (decimals.length > unit.decimals) {
    const what = size < 1 ? 'is less than one byte' : 'ends within a byte';
    const fewer = [whole, decimals.slice(0, unit.decimals)].filter((digits) => digits !== '').join('.');
    return refused(value, what, 'write fewer digits', `${fewer} ${name}`);
  }
  if (whole.length > MOST_DIGITS - unit.decimals) {
    return refused(value, 'is larger than any image', 'write a smaller size', '12 MB');
  }
  return { bytes: Math.round(size) };
}

/** A sign, the digits before the point and those behind it, without the zeros that say nothing, and the unit. */
const SIZE = /^([+-]?)0*(\d+)(?:\.(?=\d)(\d*?)0*)?\s*([A-Za-z]+)$/;

function notASize(value: unknown): SizeReading {
  const meant = typeof value === 'string' || typeof value === 'number' ? meantSize(String(value)) : '12 MB';
  const example = 'bytes' in readSize(meant) ? meant : '12 MB';
  const shown = JSON.stringify(value) ?? String(value);
  return { problem: `${shown} is no size: write a number and a unit, such as ${JSON.stringify(example)}` };
}

function refused(value: string, what: string, mend: string, example: string): SizeReading {
  const readable = 'bytes' in readSize(example) ? example : '12 MB';
  return { problem: `${JSON.stringify(value)} ${what}: ${mend}, such as ${JSON.stringify(readable)}` };
}

/** The well-formed size that was most likely meant by `12 Mo`, `12 mb`, `12 M`, `12 megabytes`, `12,5 MB` or `12`. */
function meantSize(text: string): string {
  const [, written, unit = ''] = /^\s*\+?(\d+(?:[.,]\d+)?)\s*([A-Za-z]*)\s*$/.exec(text) ?? [];
  const number = written?.replace(',', '.');
  if (number === undefined) return '12 MB';
  if (unit === '') return Number(number) < 10_000 ? `${number} MB` : `${number} B`;
  const [, prefix = 'm', binary] = /^([kmg])(i?)/i.exec(unit) ?? [];
  if (/^(b|o|bytes?|octets?)$/i.test(unit)) return `${number} B`;
  if (binary) return `${number} ${prefix.toUpperCase()}iB`;
  return `${number} ${prefix.toLowerCase() === 'k' ? 'kB' : `${prefix.toUpperCase()}B`}`;
}

const DECIMAL_UNITS = ['B', 'kB', 'MB', 'GB'] as const;

/**
 * A size for a person, in decimal units with three significant digits: `512 B`, `7.69 MB`, `12.3 MB`, `120 MB`.
 * The same on every system and in every language, and readable by {@link parseSize}.
 */
export function formatSize(bytes: Bytes): string {
  if (bytes < 0) return `-${formatSize(-bytes)}`;
  if (bytes < 999.5) return `${Math.round(bytes)} B`;
  let value = bytes;
  let unit = 0;
  // 999.5 would be shown as 1000, which is 1.00 of the next unit.
  while (value >= 999.5 && unit < DECIMAL_UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value.toFixed(fractionDigits(value))} ${DECIMAL_UNITS[unit]}`;
}

/** The next size with two significant digits that is not below, as a person would write a limit: `7.7 MB`, `13 MB`, `130 MB`. */
export function roundedUpSize(bytes: Bytes): string {
  const factor = [1e9, 1e6, 1e3].find((unit) => bytes >= unit) ?? 1;
  const unit = DECIMAL_UNITS[Math.round(Math.log10(factor) / 3)] ?? 'B';
  // In whole bytes, where 7.7 is exact; the step is the second digit's place.
  const step = Math.max(1, 10 ** (String(Math.floor(bytes)).length - 2));
  const rounded = Math.ceil(bytes / step) * step;
  return `${Number((rounded / factor).toFixed(1))} ${unit}`;
}

/** A difference with its sign: `+1.20 MB`, `-340 kB`, `0 B`. */
export function formatDifference(bytes: Bytes): string {
  return bytes > 0 ? `+${formatSize(bytes)}` : formatSize(bytes);
}

/** A share of a whole, with one digit below ten percent: `51%`, `3.4%`, `less than 0.1%`. */
export function formatShare(part: Bytes, whole: Bytes): string {
  const percent = (part / whole) * 100;
  if (percent > 0 && percent < 0.05) return 'less than 0.1%';
  return percent < 9.95 ? `${Number(percent.toFixed(1))}%` : `${Math.round(percent)}%`;
}

/**
 * As {@link formatShare}, of a share that is above a limit, with as many digits as it takes to see that: `5.04%`, not `5%`, where the limit is
 * 5 %. Where three behind the point do not show it: `more than 5%`.
 *
 * @param limit A share: 1 is the whole.
 */
export function formatShareAbove(part: Bytes, whole: Bytes, limit: number): string {
  const percent = (part / whole) * 100;
  // 0.29 * 100 is a little less than 29.
  const most = Number((limit * 100).toPrecision(12));
  const short = formatShare(part, whole);
  const isShown = (text: string) => most === 0 || Number.parseFloat(text) > most;
  const texts = [short, ...[1, 2, 3].map((digits) => `${Number(percent.toFixed(digits))}%`)];
  return texts.find(isShown) ?? `more than ${most}%`;
}

/** Three significant digits; 9.995 and more is shown as 10.0. */
function fractionDigits(value: number): number {
  if (value < 9.995) return 2;
  return value < 99.95 ? 1 : 0;
}
