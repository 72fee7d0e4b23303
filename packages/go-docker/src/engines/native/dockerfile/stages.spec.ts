import { parseDockerfile } from './instruction';
import { platformArguments } from './platform-arguments';
import { readStages, stageCalled, targetStage } from './stages';

const read = (text: string, buildArgs = {}) =>
  readStages(
    parseDockerfile(text, 'Dockerfile'),
    platformArguments('linux/amd64', 'linux/arm/v7', 'runner'),
    buildArgs,
  );

describe('the stages of a Dockerfile', () => {
  it('start from what their FROM says, for the platform it says', () => {
    const { list } = read(
      'ARG GO=1.26.8\nFROM --platform=$BUILDPLATFORM golang:${GO}-alpine AS Builder\nFROM alpine:${TARGETVARIANT}\n',
    );
    expect(list).toMatchObject([
      { name: 'builder', from: 'golang:1.26.8-alpine', platform: 'linux/amd64' },
      { from: 'alpine:v7' },
    ]);
  });

  it('take what the build gives before what the Dockerfile says', () => {
    const text = 'ARG GO=1.26.8\nFROM golang:$GO\n';
    expect(read(text, { GO: '1.27.0' }).list[0]?.from).toBe('golang:1.27.0');
  });

  it('are called by name or number, and only from below', () => {
    const stages = read('FROM a AS one\nFROM b AS two\nFROM c AS three\n');
    const [one, two, three] = stages.list;
    if (!one || !two || !three) throw new Error('three stages');
    expect(stageCalled(stages, 'ONE', three)).toBe(one);
    expect(stageCalled(stages, '1', three)).toBe(two);
    expect(stageCalled(stages, 'three', two)).toBeUndefined();
    expect(targetStage(stages, 'Two')).toBe(two);
  });

  it('say which FROM names nothing', () => {
    expect(() => read('FROM $BASE\n')).toThrow(
      'Dockerfile:1: the engine "native" knows no value for $BASE, which this stage starts from\n→ build this image with Docker',
    );
  });
});
