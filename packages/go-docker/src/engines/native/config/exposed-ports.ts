import type { SourceLocation } from '../../../errors';
import { refusal } from '../refusal';

/**
 * The ports of an EXPOSE as a config names them, such as `8080/tcp`, in their order there.
 *
 * @param words `8080`, `53/udp`, `8000-8002`.
 * @throws GoDockerError with file and line for what is no port.
 */
export function exposedPorts(words: readonly string[], location: SourceLocation): readonly string[] {
  const ports = words.flatMap((word) => {
    const [, first, last = first, protocol = 'tcp'] =
      /^(\d{1,5})(?:-(\d{1,5}))?(?:\/(tcp|udp|sctp))?$/i.exec(word) ?? [];
    if (first === undefined || Number(last) < Number(first) || Number(last) > 65535) {
      throw refusal(`knows no port ${word}`, location, 'write it as 8080, 53/udp or 8000-8002');
    }
    const count = Number(last) - Number(first) + 1;
    return Array.from({ length: count }, (_, at) => `${Number(first) + at}/${protocol.toLowerCase()}`);
  });
  return [...new Set(ports)].sort();
}
