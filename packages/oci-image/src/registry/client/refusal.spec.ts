import { connectionFailure } from './refusal';

const asked = { name: 'gcr.io/team/api', registry: 'gcr.io', isLoggedIn: false };
const failed = (code: string) => Object.assign(new Error(`getaddrinfo ${code} gcr.io`), { code });

// EAI_AGAIN is what a machine without any network has.
it.each(['ENOTFOUND', 'EAI_AGAIN'])('says of %s that there may be no network', (code) => {
  const error = connectionFailure(failed(code), new URL('https://gcr.io/v2/'), asked);
  expect((error as Error).message).toBe(
    `gcr.io/team/api: gcr.io cannot be asked: getaddrinfo ${code} gcr.io\n→ see whether this machine has a network, and whether the name gcr.io is right`,
  );
});
