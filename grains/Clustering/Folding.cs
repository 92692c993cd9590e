using System.Globalization;

namespace LiveCoCreate.Grains.Clustering;

/// <summary>One letter as it is compared: what Unicode's NFKC and case folding would make of it, without marks, niqqud and harakat, with the
/// letters that Hebrew and Arabic write in several ways in one. By tables of our own, because a process without culture data
/// (<c>InvariantGlobalization</c>) does not normalise at all. Sources: UnicodeData.txt (decompositions); for Arabic the normalisation of
/// Larkey, Ballesteros, Connell, "Light stemming for Arabic information retrieval" (2007).</summary>
internal static class Folding
{
    /// <summary>Stands for nothing: a mark, or a letter's ornament.</summary>
    public const char Nothing = '\0';

    // In the tables, '_' stands for nothing.
    private const string Latin = "aaaaaaaceeeeiiiidnooooo_ouuuuytsaaaaaaaceeeeiiiidnooooo_ouuuuytyaaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
    private const string LatinMore = "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwyasẜẝsẟaaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyyỻỻỽỽỿỿ";
    private const string HebrewForms = "י_ײעאדהכלםרת_ששששאאאבגדהוז_טיךכל_מ_נס_ףפ_צקרשתובכפא";
    private const string ArabicFormsA = "ااٻٻٻٻپپپپڀڀڀڀٺٺٺٺٿٿٿٿٹٹٹٹڤڤڤڤڦڦڦڦڄڄڄڄڃڃڃڃچچچچڇڇڇڇڍڍڌڌڎڎڈڈژژڑڑککککگگگگڳڳڳڳڱڱڱڱںںڻڻڻڻەەہہہہھھھھےےےے";
    private const string ArabicFormsB = "_ـ_ﹳ___ـ_ـ_ـ_ـ_ـءااااووااييييااببببةةتتتتثثثثججججححححخخخخددذذررززسسسسششششصصصصضضضضططططظظظظععععغغغغففففققققككككللللممممننننههههووىىييييلللللللل";

    public static char Fold(char letter)
    {
        if (letter < 0x80) return letter is >= 'A' and <= 'Z' ? (char)(letter | 0x20) : letter;
        var folded = letter switch
        {
            >= '\u00C0' and < '\u0180' => Latin[letter - '\u00C0'],
            >= '\u1E00' and < '\u1F00' => LatinMore[letter - '\u1E00'],
            >= '\uFB1D' and < '\uFB50' => HebrewForms[letter - '\uFB1D'],
            >= '\uFB50' and < '\uFBB2' => ArabicFormsA[letter - '\uFB50'],
            >= '\uFE70' and < '\uFEFD' => ArabicFormsB[letter - '\uFE70'],
            >= '\uFF01' and <= '\uFF5E' => Fold((char)(letter - 0xFEE0)),
            _ => letter,
        };
        if (folded == '_') return Nothing;
        folded = folded switch
        {
            'ך' => 'כ', 'ם' => 'מ', 'ן' => 'נ', 'ף' => 'פ', 'ץ' => 'צ',
            'أ' or 'إ' or 'آ' or 'ٱ' => 'ا', 'ى' or 'ی' => 'ي', 'ئ' => 'ي', 'ؤ' => 'و', 'ة' => 'ه', 'ک' => 'ك', 'ـ' => Nothing,
            >= '٠' and <= '٩' => (char)(folded - '٠' + '0'),
            >= '۰' and <= '۹' => (char)(folded - '۰' + '0'),
            'ё' or 'Ё' => 'е',
            _ => char.ToLowerInvariant(folded),
        };
        return folded >= 0x300 && CharUnicodeInfo.GetUnicodeCategory(folded) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format
            ? Nothing : folded;
    }
}
