import { fetchesToolchains, parseGoVersion, releaseFor, requestedVersion } from './go-version.mjs';

describe('parseGoVersion', () => {
  it.each([
    ['go version go1.26.8 linux/amd64', '1.26.8'],
    ['go version go1.21rc2 darwin/arm64', '1.21rc2'],
    ['go1.20', '1.20'],
    ['command not found', undefined],
  ])('reads %j as %j', (text, version) => {
    expect(parseGoVersion(text)).toBe(version);
  });
});

describe('fetchesToolchains', () => {
  it.each([
    ['1.20.14', false],
    ['1.21', true],
    ['1.26.8', true],
    ['2.0', true],
  ])('%s: %j', (version, expected) => {
    expect(fetchesToolchains(version)).toBe(expected);
  });
});

describe('releaseFor', () => {
  it('takes an exact version as it is', () => {
    expect(releaseFor('1.25.1', '1.26.8')).toBe('1.25.1');
  });

  it('takes the release of the host for its own line', () => {
    expect(releaseFor('1.26', '1.26.8')).toBe('1.26.8');
  });

  it('takes the first release of another line', () => {
    expect(releaseFor('1.25', '1.26.8')).toBe('1.25.0');
    expect(releaseFor('1.2', '1.26.8')).toBe('1.2');
  });
});

describe('requestedVersion', () => {
  it('prefers the toolchain line to the go line', () => {
    expect(requestedVersion('go 1.26.0\n\ntoolchain go1.26.8\n')).toBe('1.26.8');
  });

  it('takes the go line where there is no toolchain line', () => {
    expect(requestedVersion('module example.com/a\n\ngo 1.25.1\n')).toBe('1.25.1');
  });
});
