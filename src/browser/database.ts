/** Asks one store of a database of this browser, in a transaction of its own. */
export async function askStore<T>(
  open: () => Promise<IDBDatabase>,
  store: string,
  mode: IDBTransactionMode,
  ask: (place: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await open();
  try {
    return await new Promise<T>((done, failed) => {
      const transaction = database.transaction(store, mode);
      const request = ask(transaction.objectStore(store));
      transaction.oncomplete = () => done(request.result);
      transaction.onerror = () => failed(transaction.error);
      transaction.onabort = () => failed(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** Opens a database of this browser; `make` lays out its stores the first time. */
export const openDatabase = (name: string, make: (database: IDBDatabase) => void): Promise<IDBDatabase> =>
  new Promise((opened, failed) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => make(request.result);
    request.onsuccess = () => opened(request.result);
    request.onerror = () => failed(request.error);
    request.onblocked = () => failed(new DOMException('another tab holds an older database', 'InvalidStateError'));
  });
