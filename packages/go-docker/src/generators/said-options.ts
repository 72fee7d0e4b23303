import { GoDockerError } from '../errors';

/** What a person has said, without the spaces around it; undefined where that is nothing. */
export function said(value: string | undefined): string | undefined {
  return value?.trim() || undefined;
}

/** @throws GoDockerError where something was said that is none of the choices. */
export function oneOf<T extends string>(
  option: string,
  choices: readonly T[],
  value: string | undefined,
): T | undefined {
  const choice = choices.find((each) => each === value);
  if (choice !== undefined || value === undefined) return choice;
  throw new GoDockerError(`--${option}=${value} is not one of the choices`, {
    advice: `choose one of ${choices.join(', ')}`,
  });
}
