export * from '../managed-block/managed-block';
