import { NewSteps } from './new-steps';

describe('the progress of a build', () => {
  it('shows the steps that are built, each with what it writes, and no others', () => {
    const shown: string[] = [];
    const steps = new NewSteps((line) => shown.push(line));
    const text = [
      '#0 building with "default" instance using docker driver',
      '#1 [api internal] load build definition from Dockerfile',
      '#1 transferring dockerfile: 505B done',
      '#1 DONE 0.0s',
      '#5 [api base 2/2] WORKDIR /src',
      '#5 CACHED',
      '#6 [api dev 1/2] RUN go install github.com/air-verse/air@v1.67.4',
      '#6 0.583 go: downloading github.com/air-verse/air v1.67.4',
      '#6 1.510 go: downloading github.com/fatih/color v1.18.0',
      '#6 DONE 48.0s',
      '#7 [api dev 2/2] RUN mkdir /cache',
      '#7 DONE 0.4s',
      '',
    ].join('\n');

    // As it may come: cut anywhere.
    for (const piece of text.match(/[^]{1,17}/g) ?? []) steps.add(piece);

    expect(shown).toEqual([
      '[api dev 1/2] RUN go install github.com/air-verse/air@v1.67.4',
      '  go: downloading github.com/air-verse/air v1.67.4',
      '  go: downloading github.com/fatih/color v1.18.0',
    ]);
  });
});
