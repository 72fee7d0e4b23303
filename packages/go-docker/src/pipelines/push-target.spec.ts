import { pushTarget } from './push-target';

describe('where a pipeline pushes', () => {
  it.each([
    ['ghcr.io/acme/{projectName}', 'ghcr.io', true],
    ['registry.example.com:5000/shop/{projectName}', 'registry.example.com:5000', false],
    ['acme/{projectName}', 'https://index.docker.io/v1/', false],
    ['docker.io/acme/{projectName}', 'https://index.docker.io/v1/', false],
    ['127.0.0.1:5000/shop/{projectName}', undefined, false],
  ])('%s on GitHub logs in to %s', (repository, registry, isOwnRegistry) => {
    expect(pushTarget(repository, 'github')).toEqual({
      repository,
      isOwnRegistry,
      ...(registry && { registry }),
    });
  });

  it('takes the registry that a project of GitLab has', () => {
    const repository = '$CI_REGISTRY_IMAGE/{projectName}';
    expect(pushTarget(repository, 'gitlab')).toEqual({
      repository,
      registry: '$CI_REGISTRY',
      isOwnRegistry: true,
    });
  });

  it('does not repeat what nx.json says', () => {
    expect(pushTarget('ghcr.io/acme/{projectName}', 'github', { isInNxJson: true })).toEqual({
      registry: 'ghcr.io',
      isOwnRegistry: true,
    });
  });

  it('repeats what nx.json says where GitLab alone can fill it in', () => {
    const repository = '$CI_REGISTRY_IMAGE/{projectName}';
    expect(pushTarget(repository, 'gitlab', { isInNxJson: true })).toMatchObject({ repository });
  });

  it('takes one repository for all images where each tag names the project', () => {
    const shared = (...tags: readonly string[]) =>
      pushTarget('registry.example.com/shop', 'github', { isInNxJson: true, tags });
    expect(shared('{projectName}-{version}', '{projectName}')).toEqual({
      registry: 'registry.example.com',
      isOwnRegistry: false,
    });
    expect(() => shared('{projectName}', 'latest')).toThrow(
      'nx.json: "repository" of the push target is "registry.example.com/shop": all images would be pushed to one place\n→ write it, or each of its "tags", with a place for the project',
    );
  });

  it.each([
    ['ghcr.io/acme/shop', 'all images would be pushed to one place'],
    ['ghcr.io/$(id)/{projectName}', 'it has characters that no name of an image has'],
    ['ghcr.io/${{ github.actor }}/{projectName}', 'it has characters that no name of an image has'],
    ['$CI_REGISTRY_IMAGE/{projectName}', 'it has characters that no name of an image has'],
  ])('refuses %s on GitHub', (repository, why) => {
    expect(() => pushTarget(repository, 'github')).toThrow(
      `--push=${repository}: ${why}\n→ write the repository with a place for the project, such as --push=ghcr.io/<owner>/{projectName}`,
    );
  });

  it('refuses what no registry takes as a name', () => {
    expect(() => pushTarget('ghcr.io/Acme/{projectName}', 'github')).toThrow(/Acme/);
  });
});
