const host = /^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?(:\d{1,5})?$/;

/** Whether it can be the address of an SM-DS: a host name, with a port where that is not 443. */
export const isSmdsAddress = (address: string): boolean => host.test(address);
