import { portsOf } from './published-ports';

describe('the ports of a container', () => {
  it('are those of TCP that this machine answers for, at an address that can be called', () => {
    const json = JSON.stringify({
      '8080/tcp': [
        { HostIp: '0.0.0.0', HostPort: '18080' },
        { HostIp: '::', HostPort: '18080' },
      ],
      '9090/tcp': null,
      '53/udp': [{ HostIp: '127.0.0.1', HostPort: '53' }],
      '6060/tcp': [{ HostIp: '127.0.0.2', HostPort: '6061' }],
    });

    expect(portsOf(json)).toEqual([
      { target: 6060, host: '127.0.0.2', port: 6061 },
      { target: 8080, host: '127.0.0.1', port: 18080 },
    ]);
  });

  it('are none where it has none, or has ended', () => {
    expect(portsOf('{}')).toEqual([]);
    expect(portsOf('null')).toEqual([]);
  });
});
