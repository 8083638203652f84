import { split, type Culture } from '../culture.ts';

export const poland: Culture = {
  country: 'PL',
  women: split(`Agnieszka Małgorzata Świętosława Zofia Łucja Żaneta Grażyna Bożena Elżbieta Kasia Wiesława Jadwiga Róża Dorota
    Hanna Jagoda Paulina Urszula Weronika Zuzanna`),
  men: split(`Łukasz Paweł Michał Stanisław Władysław Bogusław Grzegorz Krzysztof Zbigniew Sławomir Wojciech Radosław Mirosław
    Tadeusz Jędrzej Święcik Józef Kuba Przemysław Miłosz`),
  families: split(`Kowalski Nowak Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski Kozłowski
    Jankowski Mazur Krawczyk Piotrowski Grabowski Zając Król Wróbel Pawłowski Stępień Górski Sikora Ćwik Żak Łoś Brzęczyszczykiewicz`),
  feminine: (family) => family.replace(/([sc])ki$/, '$1ka'),
  trades: split('Piekarnia Drukarnia Usługi Stolarnia Hurtownia Księgarnia Transport Odzież Elektronika Budownictwo'),
  companies: ['{trade} {family} sp. z o.o.', '{family} i Wspólnicy sp. j.', '{trade} {city} S.A.', '{family} {trade}', 'PPHU {family}'],
  phone: {
    callingCode: '48',
    trunk: '',
    patterns: ['22 %## ## ##', '12 %## ## ##', '61 %## ## ##', '50% ### ###', '60% ### ###', '88% ### ###'],
    separators: [' ', '-'],
  },
  streets: ['ul. Długa', 'ul. Świętokrzyska', 'al. Jerozolimskie', 'ul. Piłsudskiego', 'ul. Mickiewicza', 'os. Złotego Wieku', 'pl. Wolności'],
  streetLine: (street, number) => `${street} ${number}`,
  cities: [
    ['Warszawa', 'MZ', '00-###'], ['Kraków', 'MA', '30-###'], ['Łódź', 'LD', '90-###'], ['Wrocław', 'DS', '50-###'],
    ['Poznań', 'WP', '60-###'], ['Gdańsk', 'PM', '80-###'], ['Rzeszów', 'PK', '35-###'],
  ],
  notes: ['Dzwonić po dziesiątej.', 'Prosi o fakturę w języku polskim.', 'Poznaliśmy się na targach w Poznaniu.'],
};

export const czechia: Culture = {
  country: 'CZ',
  women: split(`Jiřina Kateřina Žofie Šárka Lenka Tereza Věra Zdeňka Růžena Eliška Anežka Barbora Markéta Ludmila Drahomíra
    Adéla Naděžda Květa`),
  men: split(`Jiří Ondřej Tomáš Lukáš Matěj Vojtěch Zdeněk Břetislav František Miloš Radek Štěpán Čestmír Luboš Vratislav Otakar
    Řehoř Dušan`),
  families: split(`Novák Svoboda Dvořák Černý Procházka Kučera Veselý Horák Němec Pokorný Růžička Říha Šťastný Žižka Ježek Křivánek
    Beneš Fiala Sedláček Doležal Zeman Kolář Čermák Vaněk Šimek Blažek`),
  feminine: (family) =>
    family.endsWith('ý') ? family.replace(/ý$/, 'á') : `${family.replace(/e([kc])$/, '$1').replace(/a$/, '')}ová`,
  trades: split('Pekařství Tiskárna Truhlářství Stavby Knihkupectví Pivovar Doprava Sklárny Účetnictví Zámečnictví'),
  companies: ['{trade} {family} s.r.o.', '{family} a synové', '{trade} {city} a.s.', '{family} {trade}', '{trade} u {family}'],
  phone: {
    callingCode: '420',
    trunk: '',
    patterns: ['2%# ### ###', '54% ### ###', '602 ### ###', '77% ### ###', '73% ### ###'],
    separators: [' '],
  },
  streets: ['Na Příkopě', 'Dlouhá', 'Husova', 'Žižkova', 'náměstí Míru', 'Údolní', 'Štefánikova', 'Pod Kaštany'],
  streetLine: (street, number) => `${street} ${number}`,
  cities: [
    ['Praha', '10', '1%0 00'], ['Brno', '64', '60# 00'], ['Ostrava', '80', '70# 00'], ['Plzeň', '32', '30# 00'],
    ['České Budějovice', '31', '37# 01'], ['Ústí nad Labem', '42', '40# 01'],
  ],
  notes: ['Volat až odpoledne.', 'Čeká na cenovou nabídku.', 'Doporučil pan Říha.'],
};

export const russia: Culture = {
  country: 'RU',
  women: split(`Анна|anna Елена|elena Ольга|olga Татьяна|tatiana Наталья|natalia Ирина|irina Светлана|svetlana Екатерина|ekaterina
    Мария|maria Юлия|yulia Людмила|lyudmila Ксения|ksenia Дарья|daria Полина|polina Алёна|alyona Любовь|lyubov Жанна|zhanna Зоя|zoya`),
  men: split(`Александр|alexander Сергей|sergey Дмитрий|dmitry Андрей|andrey Алексей|alexey Максим|maxim Иван|ivan Михаил|mikhail
    Николай|nikolay Владимир|vladimir Пётр|pyotr Фёдор|fyodor Юрий|yury Григорий|grigory Ярослав|yaroslav Виктор|viktor Олег|oleg
    Игорь|igor`),
  families: split(`Иванов|ivanov Смирнов|smirnov Кузнецов|kuznetsov Попов|popov Васильев|vasiliev Петров|petrov Соколов|sokolov
    Михайлов|mikhailov Новиков|novikov Фёдоров|fyodorov Морозов|morozov Волков|volkov Алексеев|alexeev Лебедев|lebedev
    Семёнов|semyonov Егоров|egorov Павлов|pavlov Козлов|kozlov Степанов|stepanov Орлов|orlov Щукин|shchukin Воробьёв|vorobyov
    Ершов|ershov Цветков|tsvetkov Жуков|zhukov Зайцев|zaitsev`),
  feminine: (family) => `${family}а`,
  trades: split('Пекарня Типография Стройка Книги Транспорт Мебель Консалтинг Электроника Текстиль Сервис'),
  companies: ['ООО «{trade} {family}»', 'ИП {family}', 'АО «{trade}»', '{trade} «{city}»', '{family} и партнёры'],
  phone: {
    callingCode: '7',
    exit: null,
    trunk: '8 ',
    patterns: ['495 %## ## ##', '499 %## ## ##', '812 %## ## ##', '916 %## ## ##', '926 %## ## ##', '343 %## ## ##'],
    separators: ['-', ' '],
    brackets: true,
  },
  streets: ['ул. Ленина', 'Невский проспект', 'ул. Пушкина', 'Садовая улица', 'проспект Мира', 'ул. Чехова', 'Набережная'],
  streetLine: (street, number) => `${street}, д. ${number}`,
  cities: [
    ['Москва', 'MOW', '101###'], ['Санкт-Петербург', 'SPE', '190###'], ['Новосибирск', 'NVS', '630###'],
    ['Екатеринбург', 'SVE', '620###'], ['Казань', 'TA', '420###'], ['Орёл', 'ORL', '302###'],
  ],
  notes: ['Звонить после обеда.', 'Просит прислать договор.', 'Познакомились на выставке.'],
};
