/** The part of node-forge that writes DER, without those that are about TLS, RSA and the like: they take long to load. */
declare module 'node-forge/lib/asn1.js' {
  import type forge from 'node-forge';
  const asn1: typeof forge.asn1;
  export default asn1;
}
