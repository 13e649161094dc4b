/** Records a heartbeat. Changes one row if the batch is open and not abandoned. The batch then stays open until the transaction ends. */
export const beat = 'UPDATE open_batches SET beats = beats + 1 WHERE id = $1 AND NOT abandoned';
