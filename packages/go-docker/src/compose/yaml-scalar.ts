/** Text as YAML takes it in block and in flow style: plain where that is safe, else in double quotes. */
export function yamlScalar(text: string): string {
  return /^[\p{L}./_$][\p{L}\d./_+~@-]*$/u.test(text) && !RESERVED.test(text) ? text : JSON.stringify(text);
}

/** Plain scalars that are no strings: https://yaml.org/spec/1.2.2/#1032-tag-resolution, and what YAML 1.1 took for booleans. */
const RESERVED = /^(?:true|false|yes|no|on|off|y|n|null|\.nan|[-+]?\.inf|[-+]?\.?\d[\d._]*(?:e[-+]?\d+)?)$/iu;
