import { parseChallenges } from './challenge';

describe('parseChallenges', () => {
  it('reads what Docker Hub says', () => {
    const header =
      'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:library/alpine:pull"';
    expect(parseChallenges(header)).toEqual([
      {
        scheme: 'bearer',
        parameters: {
          realm: 'https://auth.docker.io/token',
          service: 'registry.docker.io',
          scope: 'repository:library/alpine:pull',
        },
      },
    ]);
  });

  it('reads several, with commas and quotes inside of texts', () => {
    expect(parseChallenges('Negotiate, BASIC realm="a \\"b\\", c", Bearer Realm=x , service = "y"')).toEqual([
      { scheme: 'negotiate', parameters: {} },
      { scheme: 'basic', parameters: { realm: 'a "b", c' } },
      { scheme: 'bearer', parameters: { realm: 'x', service: 'y' } },
    ]);
  });

  it.each(['', '"', ',,', '=', 'Bearer realm="open', '\u0000'])('ends for %j', (header) => {
    expect(parseChallenges(header).length).toBeLessThan(2);
  });
});
