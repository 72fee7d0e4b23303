import { gitlabStages, withGitlabInclude } from './gitlab-include';

const lines = (...text: string[]): string => `${text.join('\n')}\n`;
const file = '.gitlab/images.yml';

describe('the include of .gitlab-ci.yml', () => {
  it('is made above all else where there is none, below the remarks at the top', () => {
    expect(withGitlabInclude(lines('# Ours.', 'stages: [test]', 'test:', '  script: make'), file)).toBe(
      lines(
        '# Ours.',
        'include:',
        '  - local: .gitlab/images.yml',
        '',
        'stages: [test]',
        'test:',
        '  script: make',
      ),
    );
  });

  it('gets one more entry, with the indentation of the others', () => {
    const before = lines(
      'include:',
      '- template: Jobs/SAST.gitlab-ci.yml  # scans',
      '',
      'test:',
      '  script: make',
    );
    expect(withGitlabInclude(before, file)).toBe(
      lines(
        'include:',
        '- template: Jobs/SAST.gitlab-ci.yml  # scans',
        '- local: .gitlab/images.yml',
        '',
        'test:',
        '  script: make',
      ),
    );
  });

  it('keeps the line ends of Windows', () => {
    expect(withGitlabInclude('include:\r\n  - /a.yml\r\ntest:\r\n  script: make\r\n', file)).toBe(
      'include:\r\n  - /a.yml\r\n  - local: .gitlab/images.yml\r\ntest:\r\n  script: make\r\n',
    );
  });

  it('is added to a list whose last entry has several lines, and to the very end of the file', () => {
    const before = 'include:\n  - project: acme/ci\n    file:\n      - a.yml';
    expect(withGitlabInclude(before, file)).toBe(`${before}\n  - local: .gitlab/images.yml`);
  });

  it.each([
    'include:\n  - local: .gitlab/images.yml\n',
    'include:\n  - local: /.gitlab/images.yml\n',
    'include: .gitlab/images.yml\n',
    'include:\n  local: /.gitlab/images.yml\n',
    'include: ["/.gitlab/images.yml"]\n',
  ])('changes nothing in %j', (text) => {
    expect(withGitlabInclude(text, file)).toBe(text);
  });

  it.each([
    'include: a.yml\n',
    'include:\n  local: a.yml\n',
    'include: [a.yml]\n',
    'include:\n',
    '  test:\n    script: make\n',
    '{ test: { script: make } }\n',
  ])('says what to write where it stands as %j', (text) => {
    expect(() => withGitlabInclude(`# CI\n${text}`, file)).toThrow(
      '.gitlab-ci.yml:2: "include" of this file is not a list with one entry in each line\n→ write it as such a list and run this again, or add the entry yourself',
    );
  });
});

describe('gitlabStages', () => {
  it('are those of the file, if it names them', () => {
    expect(gitlabStages('stages:\n  - check\n  - ship\n')).toEqual(['check', 'ship']);
    expect(gitlabStages('.all: &all [check, &last ship]\nstages: *all\n')).toEqual(['check', 'ship']);
    expect(gitlabStages('.last: &last ship\nstages: [check, *last]\n')).toEqual(['check', 'ship']);
    expect(gitlabStages('test:\n  script: make\n')).toBeUndefined();
  });
});
