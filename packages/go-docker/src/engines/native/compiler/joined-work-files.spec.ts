import { joinedWorkFiles } from './joined-work-files';

const API = `go 1.26.0

toolchain go1.26.8

use (
	./apps/api
	./libs/clock
)

replace example.com/shop/libs/clock v0.0.0 => ./libs/clock
`;

describe('one go.work for the modules of several', () => {
  it('uses every module once, and keeps all that replaces them', () => {
    const worker = API.replace('./apps/api', './apps/worker').replace(
      'replace ',
      'replace example.com/old => example.com/new v1.2.0\nreplace ',
    );
    expect(joinedWorkFiles([API, worker])).toBe(`go 1.26.0
toolchain go1.26.8
use "./apps/api"
use "./libs/clock"
use "./apps/worker"
replace "example.com/shop/libs/clock" v0.0.0 => "./libs/clock"
replace "example.com/old" => "example.com/new" v1.2.0
`);
  });

  it.each([
    ['another Go', API.replace('1.26.0', '1.25.0')],
    ['another toolchain', API.replace('go1.26.8', 'go1.26.9')],
    ['another setting of Go', `${API}godebug panicnil=1\n`],
    ['another place for a module', API.replace('=> ./libs/clock', '=> ./libs/other')],
  ])('is not made where one has %s', (_what, other) => {
    expect(joinedWorkFiles([API, other])).toBeUndefined();
  });
});
