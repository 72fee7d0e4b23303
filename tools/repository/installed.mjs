// Whether node_modules holds what the lock file says.

/**
 * @param {object} lock the content of package-lock.json
 * @param {object} installed the content of node_modules/.package-lock.json, which npm writes when it is done
 * @returns {boolean} false when a package is missing or has another version
 */
export function isInstalled(lock, installed) {
  return Object.entries(lock.packages).every(([path, wanted]) => {
    // Links are our own packages; optional ones may be for another system.
    if (!path.startsWith('node_modules/') || wanted.link || wanted.optional) return true;
    return installed.packages[path]?.version === wanted.version;
  });
}
