/** The part of node-forge that writes DER. Only this part is imported, because the rest takes long to load. */
declare module 'node-forge/lib/asn1.js' {
  import type forge from 'node-forge';
  const asn1: typeof forge.asn1;
  export default asn1;
}
