import { Center, Loader } from "@mantine/core";

export function PageLoading() {
  return (
    <Center py="xl" role="status" aria-label="Wczytywanie">
      <Loader />
    </Center>
  );
}
