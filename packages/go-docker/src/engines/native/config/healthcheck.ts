import { jsonWords } from '../../../dockerfile/reading/context-words';
import type { Instruction } from '../dockerfile/instruction';
import { refusal } from '../refusal';
import {
  formatDuration,
  goQuoted,
  goQuotedList,
  goQuotedNumber,
  parseDuration,
  type Duration,
} from './go-format';

/** https://github.com/moby/docker-image-spec/blob/v1.3.1/spec.md */
export interface Healthcheck {
  readonly Test: readonly string[];
  readonly Interval?: Duration;
  readonly Timeout?: Duration;
  readonly StartPeriod?: Duration;
  readonly StartInterval?: Duration;
  readonly Retries?: number;
}

/** @throws GoDockerError with file and line for what cannot be read. */
export function healthcheck({ rest, flags, location }: Instruction): Healthcheck {
  const [, kind = '', command = ''] = /^(\S+)\s*([\s\S]*)$/.exec(rest) ?? [];
  if (/^none$/i.test(kind)) return { Test: ['NONE'] };
  if (!/^cmd$/i.test(kind))
    throw refusal('cannot read this HEALTHCHECK', location, 'write it as HEALTHCHECK CMD …');
  const words = jsonWords(command);
  return {
    Test: words ? ['CMD', ...words] : ['CMD-SHELL', command],
    ...durationOf('Interval', 'interval'),
    ...durationOf('Timeout', 'timeout'),
    ...durationOf('StartPeriod', 'start-period'),
    ...durationOf('StartInterval', 'start-interval'),
    ...retries(),
  };

  function durationOf(key: keyof Healthcheck, flag: string) {
    const text = flags.get(flag)?.at(-1);
    const duration = text === undefined ? 0 : parseDuration(text);
    if (duration === undefined)
      throw refusal(`knows no duration ${text}`, location, 'write it as 30s or 1m30s');
    return duration === 0 ? {} : { [key]: duration };
  }

  function retries(): { readonly Retries?: number } {
    const text = flags.get('retries')?.at(-1);
    if (text === undefined) return {};
    if (!/^[1-9]\d{0,5}$/.test(text)) throw refusal(`knows no number of retries ${text}`, location);
    return { Retries: Number(text) };
  }
}

/** The check as BuildKit notes it in the history of an image. */
export function noteOf(check: Healthcheck): string {
  const { Interval, Timeout, StartPeriod, StartInterval, Retries = 0 } = check;
  const times = [Interval, Timeout, StartPeriod, StartInterval].map((time = 0) =>
    goQuoted(formatDuration(time)),
  );
  return `&{${goQuotedList(check.Test)} ${times.join(' ')} ${goQuotedNumber(Retries)}}`;
}
