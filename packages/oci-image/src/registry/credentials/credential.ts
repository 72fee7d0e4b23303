/** What proves to a registry who is asking. */
export type Credential =
  | { readonly kind: 'password'; readonly username: string; readonly password: string }
  /** Is exchanged for an access token: what `docker login` keeps for registries with OAuth 2. */
  | { readonly kind: 'identity-token'; readonly token: string }
  /** Is sent to the registry as it is. */
  | { readonly kind: 'registry-token'; readonly token: string };

/**
 * @param registry As in a reference: `docker.io`, `127.0.0.1:5000`.
 * @returns undefined where nobody has logged in.
 */
export type CredentialSource = (registry: string) => Promise<Credential | undefined>;
