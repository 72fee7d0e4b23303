import { chmodSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { imageStores, requireImageStore } from '../image-stores';
import { TwoEngines } from './two-engines';

jest.setTimeout(120_000);

describe('the native engine', () => {
  const workspaces: TwoEngines[] = [];
  const workspace = (dockerfile: string) => {
    const made = new TwoEngines();
    workspaces.push(made);
    made.write('Dockerfile', dockerfile);
    made.write('a.txt', 'a\n');
    made.write('b.txt', 'b\n');
    made.write('dir/d.txt', 'd\n');
    made.write('dir/sub/c.txt', 'c\n');
    mkdirSync(join(made.root, 'dir/empty'));
    made.write('merge/etc/m', 'm\n');
    mkdirSync(join(made.root, 'merge/real'));
    made.write('w1/in/1', '1\n');
    made.write('w2/in/2', '2\n');
    made.write('w2/top', 'top\n');
    made.write('a[1].txt', 'q\n');
    made.write('passwd', 'root:x:0:0::/:/x\nbob:x:77:88::/:/x\nnogrp:x:99:98::/:/\n');
    made.write('group', 'root:x:0:\nstaff:x:88:bob\nother:x:44:\n');
    mkdirSync(join(made.root, 't'));
    symlinkSync('a.txt', join(made.root, 'link'));
    symlinkSync('../a.txt', join(made.root, 'dir/l2'));
    symlinkSync('real', join(made.root, 'merge/lnk'));
    symlinkSync('merge', join(made.root, 'dirlink'));
    for (const [path, mode] of [
      ['dir/sub', 0o700],
      ['merge/etc', 0o700],
      ['w2/top', 0o4755],
      ['t', 0o1777],
    ] as const) {
      chmodSync(join(made.root, path), mode);
    }
    return made;
  };

  beforeAll(() => imageStores.slice(0, 1).forEach(requireImageStore));
  afterAll(() => workspaces.forEach((each) => each.remove()));

  it('sets what BuildKit sets', async () => {
    const { docker, native } = await workspace(`ARG TOP=1
FROM scratch AS runner
ARG FOO=bar BAZ TOP
ARG TARGETARCH TARGETVARIANT
ENV A=1 B="x y" C=$A-\${D:-q} E='$A' F=\${A:+set}
ENV OLD style value
LABEL a=b "c d"="e f" \\
  # a comment
  g=\${A}h
WORKDIR /app
WORKDIR sub
EXPOSE 8080 9/udp 7000-7002
VOLUME /data /x
VOLUME ["/data3"]
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=90s --timeout=3s --retries=3 CMD ["/x", "8080", "/a"]
SHELL ["/bin/x", "-c"]
CMD foo bar
ENTRYPOINT ["/x", "a\\tb", "é"]
USER 65532:65532
COPY a.txt .
`).both({ labels: { z: '1' }, buildArgs: { FOO: 'given' } });
    expect(native).toEqual(docker);
  });

  it('copies as BuildKit copies', async () => {
    const { docker, native } = await workspace(`FROM scratch AS other
COPY merge /
COPY w2 /w/
COPY --chown=5:6 a.txt /lnk/y
COPY --chown=7 a.txt /seven
FROM scratch AS runner
COPY merge /
COPY passwd group /etc/
COPY dir/sub /newsub
COPY t /tt
COPY w1 w2 /w/
COPY w? /w/
COPY --chmod=700 w1 /w
COPY --chown=5:6 merge/ /
COPY a.txt /lnk/y
COPY dir /lnk
COPY --chown=bob a.txt /o1
COPY --chown=bob:other a.txt /o2
COPY --chown=65532 a.txt /o3
COPY --chown=99 a.txt /o4
COPY --chown=nogrp --chmod=640 a.txt /made/o5
COPY dirlink /viadir
COPY dirlink/etc/m /viam
COPY --link a.txt /tt/z
COPY --link --chmod=600 w1 /w
COPY ["a[[]1].txt", "/br/"]
COPY <<'EOF' <<F2 /h/
hello $A
EOF
two $PATH \\$PATH "q"
F2
COPY <<EOF /single
one
EOF
COPY dir /all/
COPY link /lnk2
COPY --from=other /w/top /kk/
COPY --from=other /seven /lnk/y /from/
COPY --from=0 / /whole/
USER bob
WORKDIR /bobs/x
USER 77
WORKDIR /bobs2/x
WORKDIR /tt/q
COPY --from=other /lnk/y /lnk/y
COPY a.txt /o1
COPY a.txt b.txt .
COPY *.md /none/
WORKDIR /tt
`).both();
    expect(native).toEqual(docker);
  });

  it('adds to a base image as BuildKit does', async () => {
    const { docker, native } = await workspace(`FROM alpine:3.22 AS runner
WORKDIR /usr/local
COPY a.txt /usr/local/bin/x
COPY dir /etc
COPY dir/ /tmp
COPY --link a.txt /tmp/link/a
COPY --link a.txt /tmp/b
COPY merge/etc /usr/share
COPY --from=alpine:3.22 /etc/passwd /etc/passwd
COPY --from=alpine:3.22 /etc/ssl /certs
WORKDIR /etc
USER 65532:65532
WORKDIR /home/q/r
COPY a.txt rel
ENTRYPOINT ["/x"]
`).both();
    expect(native).toEqual(docker);
  });

  it('is for the platform that was asked for, whatever the base says of itself', async () => {
    const made = workspace('FROM --platform=linux/amd64 alpine:3.22 AS runner\nCOPY a.txt /\n');
    const { docker, native } = await made.both({
      platforms: ['linux/arm/v7', 'linux/amd64/v2', 'linux/arm64'],
    });
    expect(native).toEqual(docker);
    expect(native.map(({ platform }) => platform)).toEqual(['linux/arm/v7', 'linux/amd64/v2', 'linux/arm64']);
  });

  it('stands on an image layout that a context names, and copies from one', async () => {
    const made = workspace('FROM scratch AS runner\nCOPY dir /dir\nWORKDIR /dir/sub\nENV A=1\n');
    const layout = await made.build('native');
    const { manifests } = JSON.parse(readFileSync(join(layout, 'index.json'), 'utf8')) as {
      manifests: { digest: string }[];
    };
    const contexts = {
      'example.com/base:1': `oci-layout://${layout}@${manifests[0]?.digest}`,
      folder: 'merge',
    };
    made.write(
      'Dockerfile',
      `FROM example.com/base:1 AS runner
COPY --from=folder . /dir/
COPY --from=example.com/base:1 /dir/d.txt /copy
COPY a.txt $A
`,
    );
    const { docker, native } = await made.both({ contexts });
    expect(native).toEqual(docker);
    expect(native[0]?.layers).toHaveLength(5);
  });

  it('says which base image is not there, and why it cannot be fetched', async () => {
    const made = workspace('FROM 127.0.0.1:1/none:1 AS runner\nCOPY a.txt /\n');
    const refusal = made.build('native');
    await expect(refusal).rejects.toThrow(
      'Dockerfile:1: the base image 127.0.0.1:1/none:1 for linux/amd64 is not on this machine: ',
    );
    await expect(refusal).rejects.toThrow('connect ECONNREFUSED');
  });

  it('lets in what the ignore file lets in', async () => {
    const made = workspace('FROM scratch AS runner\nCOPY . /all/\n');
    made.write(
      'Dockerfile.dockerignore',
      `**
!dir
dir/sub
!w*/in/*
!**/top
!a.txt
# comment

!/merge/real
*.tmp
`,
    );
    const { docker, native } = await made.both();
    expect(native).toEqual(docker);
    expect(native[0]?.layers[0]?.split('\n').length).toBeGreaterThan(10);
  });
});
