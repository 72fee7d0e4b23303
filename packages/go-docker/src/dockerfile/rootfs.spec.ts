import { rootCertificates } from 'node:tls';
import { certificates, sharedFiles, sharedFilesOf } from './rootfs';

describe('shared files', () => {
  it('are what each runner lacks', () => {
    expect([...sharedFilesOf('distroless').keys()]).toEqual([]);
    expect([...sharedFilesOf('alpine').keys()]).toEqual([]);
    expect([...sharedFilesOf('debian').keys()]).toEqual([
      'tools/go-docker/rootfs/etc/ssl/certs/ca-certificates.crt',
    ]);
    expect([...sharedFilesOf('scratch').keys()].sort()).toEqual(sharedFiles);
  });

  it('hold every root certificate, named and in an order of their own', () => {
    const bundle = certificates(rootCertificates);
    expect(bundle.match(/-----BEGIN CERTIFICATE-----/g)).toHaveLength(rootCertificates.length);
    for (const pem of rootCertificates) expect(bundle).toContain(pem.trim());
    expect(certificates([...rootCertificates].reverse())).toBe(bundle);
    const names = bundle.split('\n').filter((line) => line.startsWith('# '));
    expect(names).toContain('# ISRG Root X1');
    expect(names).toEqual([...names].sort());
    expect(bundle.endsWith('-----END CERTIFICATE-----\n')).toBe(true);
  });
});
