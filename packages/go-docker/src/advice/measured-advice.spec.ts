import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ComparedApp } from '../comparison/compared-app';
import { ownRunner } from '../comparison/own-runner';
import { api } from '../dockerfile/fixtures/app-images';
import { blockOptions, imageFiles } from '../dockerfile/image-files';
import type { Engine, ImagePlan } from '../engines/engine';
import { GoDockerError } from '../errors';
import { measuredAdvice } from './measured-advice';

describe('advice that cannot be built', () => {
  it('has one line of the reason, and all of it is told', async () => {
    const workspaceRoot = mkdtempSync(join(tmpdir(), 'go-docker-advice-'));
    const text = imageFiles(api, {}, { runner: 'distroless' }).get('apps/api/Dockerfile') ?? '';
    const app: ComparedApp = {
      platform: 'linux/amd64',
      isOurs: true,
      options: blockOptions(api, text, { platforms: ['linux/amd64'] }),
      runner: ownRunner(text, api.dockerfile, 'runner'),
      shared: new Set(),
      imageFor: () => api,
      notes: [],
    };
    const failing: Engine = {
      name: 'docker',
      together: () => Promise.reject(new Error('nobody asks for it')),
      build: () =>
        Promise.reject(new GoDockerError('this step failed: RUN go build', { output: 'undefined: Render' })),
    };
    const told: string[] = [];
    try {
      const advice = await measuredAdvice({
        app,
        plan: { project: 'api', workspaceRoot } as ImagePlan,
        engine: failing,
        folder: 'dist',
        tell: (line) => void told.push(line),
        signal: new AbortController().signal,
      });
      expect(advice[0]).toEqual({
        what: '--runner=scratch --force',
        means: 'nothing but the program, certificates and a user',
        problem: 'this step failed: RUN go build',
      });
      expect(told.slice(0, 2)).toEqual([
        'building with --runner=scratch --force',
        'scratch, -s -w: not built\nthis step failed: RUN go build\nundefined: Render',
      ]);
    } finally {
      rmSync(workspaceRoot, { recursive: true });
    }
  });
});
