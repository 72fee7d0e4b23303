import { parse } from 'yaml';
import { yamlScalar } from './yaml-scalar';

describe('a text as a scalar of YAML', () => {
  it.each(['../..', '.', 'apps/api/Dockerfile', '/src/größe', 'a@b~c+d-e_f'])('stays plain: %s', (text) => {
    expect(yamlScalar(text)).toBe(text);
    expect(parse(text)).toBe(text);
  });

  it.each(['@scope/api', '~', 'null', 'true', 'off', '1.5', '-x', 'a: b', 'a #b', '.5', '.inf', ''])(
    'is quoted where it would mean something else: %s',
    (text) => {
      expect(yamlScalar(text)).toBe(`"${text}"`);
      expect(parse(`- ${yamlScalar(text)}`)).toEqual([text]);
      expect(parse(`[${yamlScalar(text)}]`)).toEqual([text]);
    },
  );
});
