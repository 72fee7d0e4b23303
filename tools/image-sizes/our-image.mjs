/** The sizes of the one image that an image.json of go-docker tells of, its base and its app apart. */
export function ourImageSizes({ images: [image] }) {
  const sumOf = (part) => {
    const layers = image.layers.filter(({ origin }) => origin === part);
    return {
      unpackedBytes: layers.reduce((sum, { unpackedBytes }) => sum + unpackedBytes, 0),
      compressedBytes: layers.reduce((sum, { compressedBytes }) => sum + compressedBytes, 0),
    };
  };
  return { base: sumOf('base'), app: sumOf('app') };
}
