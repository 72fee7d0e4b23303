/** Releases that new Dockerfiles start with; `nx g go-docker:update-bases` moves those of existing ones. */
export const airRelease = 'v1.67.4';
export const delveRelease = 'v1.27.2';
