/**
 * Runs tasks one after another over ALL windows of this device. In the application it is a lock of the browser, in tests
 * a `Serial`. A task must not ask for it again.
 */
export type Exclusive = { run<T>(task: () => Promise<T>): Promise<T> };
