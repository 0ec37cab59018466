from opium import deeds


class Deed(deeds.Deed):
    WRITE_POST = "threads.write_post", "Pytanie albo odpowiedź"
    SHOW_ANSWER = "threads.show_answer", "Pokazanie odpowiedzi wszystkim adresatom"
    HIDE_ANSWER = "threads.hide_answer", "Ukrycie odpowiedzi pokazanej wszystkim adresatom"
    DOWNLOAD_POST_FILE = "threads.download_post_file", "Pobranie pliku z pytania albo odpowiedzi"
