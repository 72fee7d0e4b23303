import { publishedPorts } from './published-ports';

const hosts = (port: unknown, environment = {}): readonly number[] =>
  publishedPorts([port], environment).map(({ host }) => host);

// The forms are those of https://docs.docker.com/reference/compose-file/services/#ports.
describe('the ports that a service publishes', () => {
  it.each([
    ['8080:80', [8080]],
    ['127.0.0.1:8001:8001', [8001]],
    ['[::1]:6061:6060', [6061]],
    ['::1:6061:6060', [6061]],
    ['3000-3002:3000-3002', [3000, 3001, 3002]],
    ['127.0.0.1:5000-5001:5000-5001', [5000, 5001]],
    ['9090-9091:8080', [9090, 9091]],
    ['6060:6060/udp', [6060]],
    ['${API_PORT:-8080}:80', [8080]],
    ['127.0.0.1:${API_PORT-8081}:80', [8081]],
  ])('in the short syntax: %s', (port, expected) => {
    expect(hosts(port)).toEqual(expected);
  });

  it.each(['3000', '3000-3005', '127.0.0.1::5000', '${PORT}:80', '${PORT:?say it}:80', 'nonsense', 8080])(
    'leave out what Docker chooses or nobody knows: %s',
    (port) => expect(hosts(port)).toEqual([]),
  );

  it.each([
    [{ target: 80, published: '8080' }, [8080]],
    [{ target: 80, published: 8080, host_ip: '127.0.0.1', protocol: 'tcp', mode: 'host' }, [8080]],
    [{ target: 80, published: '8080-8082' }, [8080, 8081, 8082]],
    [{ target: 80, published: '${API_PORT:-8085}' }, [8085]],
    [{ target: 80 }, []],
  ])('in the long syntax: %j', (port, expected) => {
    expect(hosts(port)).toEqual(expected);
  });

  it('follow the environment before the default', () => {
    expect(hosts('${API_PORT:-8080}:80', { API_PORT: '9000' })).toEqual([9000]);
    expect(hosts('${API_PORT:-8080}:80', { API_PORT: '' })).toEqual([8080]);
    expect(hosts('${API_PORT}:80', { API_PORT: '9000' })).toEqual([9000]);
  });

  it('come with the container’s port, the address and the variable that moves them', () => {
    expect(publishedPorts(['127.0.0.1:${API_PORT:-8081}:8080', '6000-6001:7000-7001/udp'])).toEqual([
      { host: 8081, container: 8080, protocol: 'tcp', address: '127.0.0.1', variable: 'API_PORT' },
      { host: 6000, container: 7000, protocol: 'udp' },
      { host: 6001, container: 7001, protocol: 'udp' },
    ]);
  });

  it('are none where there is no list', () => {
    expect(publishedPorts(undefined)).toEqual([]);
    expect(publishedPorts('8080:80')).toEqual([]);
  });
});
