import { DockerfileParser, From } from 'dockerfile-ast';

/** The first TCP port that the stage `runner` exposes, or the last stage where none has that name; undefined where it exposes none. */
export function exposedPort(text: string): number | undefined {
  let ports: number[] = [];
  let runner: number[] | undefined;
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    if (instruction instanceof From) {
      ports = [];
      if (instruction.getBuildStage()?.toLowerCase() === 'runner') runner = ports;
    } else if (instruction.getKeyword() === 'EXPOSE') {
      ports.push(...instruction.getArguments().flatMap((argument) => tcpPort(argument.getValue())));
    }
  }
  return (runner ?? ports)[0];
}

function tcpPort(argument: string): number[] {
  const port = /^(\d+)(?:\/tcp)?$/i.exec(argument)?.[1];
  return port === undefined ? [] : [Number(port)];
}
