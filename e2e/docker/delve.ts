import { connect, type Socket } from 'node:net';

/** A client of a headless Delve, as editors are: JSON-RPC over TCP. (https://github.com/go-delve/delve/tree/master/Documentation/api) */
export interface Delve {
  /** Calls a method of Delve's server; fails where that does, and when no answer comes in time. */
  call<T>(method: string, argument: object): Promise<T>;
  close(): void;
}

interface Answer {
  readonly id: number;
  readonly result: unknown;
  readonly error: unknown;
}

export async function connectDelve(port: number, timeoutMs = 30_000): Promise<Delve> {
  const socket = await connected(port);
  const waiting = new Map<number, (answer: Answer) => void>();
  onLines(socket, (line) => {
    const answer = JSON.parse(line) as Answer;
    waiting.get(answer.id)?.(answer);
  });
  let calls = 0;
  return {
    call: <T>(method: string, argument: object) =>
      new Promise<T>((resolve, reject) => {
        const id = ++calls;
        const timer = setTimeout(() => reject(new Error(`Delve did not answer ${method}`)), timeoutMs);
        // Nobody may be waiting for the answer to the last call.
        timer.unref();
        waiting.set(id, ({ result, error }) => {
          clearTimeout(timer);
          if (error === null) resolve(result as T);
          else reject(new Error(`Delve refused ${method}: ${JSON.stringify(error)}`));
        });
        socket.write(`${JSON.stringify({ method: `RPCServer.${method}`, params: [argument], id })}\n`);
      }),
    close: () => socket.destroy(),
  };
}

function connected(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
    socket.once('error', reject);
  });
}

function onLines(socket: Socket, take: (line: string) => void): void {
  let rest = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(take);
  });
}
