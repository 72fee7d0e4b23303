import { DockerfileParser, From } from 'dockerfile-ast';

/**
 * The first TCP port that a stage exposes, or the last stage where none has that name; undefined where it exposes none.
 *
 * @param target Name of the stage.
 */
export function exposedPort(text: string, target = 'runner'): number | undefined {
  let ports: number[] = [];
  let ofTarget: number[] | undefined;
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    if (instruction instanceof From) {
      ports = [];
      if (instruction.getBuildStage()?.toLowerCase() === target.toLowerCase()) ofTarget = ports;
    } else if (instruction.getKeyword() === 'EXPOSE') {
      ports.push(...instruction.getArguments().flatMap((argument) => tcpPort(argument.getValue())));
    }
  }
  return (ofTarget ?? ports)[0];
}

function tcpPort(argument: string): number[] {
  const port = /^(\d+)(?:\/tcp)?$/i.exec(argument)?.[1];
  return port === undefined ? [] : [Number(port)];
}
