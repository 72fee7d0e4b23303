// Compares the sizes that go-binary reads with `go tool nm`, for programs of many Go releases on many architectures,
// where a usual test run has a few. Go fetches the releases itself.
//
//   npm run test:releases [-- <release>…]
import { runSpec } from './test/run-spec.mjs';

const NEWEST_OF_EACH_LINE = '1.20.14 1.21.13 1.22.12 1.23.12 1.24.13 1.25.8 1.26.8 1.27.0'.split(' ');
const releases = process.argv.length > 2 ? process.argv.slice(2) : NEWEST_OF_EACH_LINE;

runSpec('go-binary', 'spec/releases', { GO_RELEASES: releases.join(',') });
