// The 148 round constants and the internal diagonal of Poseidon2 over KoalaBear, width 16 (specs/40-statements.md
// section 2; eprint 2023/323, constants as published with Plonky3). Canonical integers, never Montgomery words.

namespace ZkExchange.Commitments;

/// <summary>The constants of the permutation; every form of it, scalar or in lanes, takes them from here.</summary>
public static class Poseidon2Constants
{
    /// <summary>Added before the cubes of the first four external rounds, sixteen a round.</summary>
    public static ReadOnlySpan<uint> Initial =>
    [
        0x7EE5_6A48, 0x1136_7045, 0x12E4_1941, 0x7EBB_C12B, 0x1970_B7D5, 0x662B_60E8, 0x3E49_90C6, 0x679F_91F5,
        0x3508_13BB, 0x0087_4AD4, 0x28A0_081A, 0x18FA_5872, 0x5F25_B071, 0x5E5D_5998, 0x5E6F_D3E7, 0x5B2E_2660,
        0x6F18_37BF, 0x3FE6_182B, 0x1EDD_7AC5, 0x5747_0D00, 0x43D4_86D5, 0x1982_C70F, 0x0EA5_3AF9, 0x61D6_165B,
        0x5163_9C00, 0x2DEC_352C, 0x2950_E531, 0x2D2C_B947, 0x0825_6CEF, 0x1A01_09F6, 0x1F51_FAF3, 0x5CEF_1C62,
        0x3D65_E50E, 0x33D9_1626, 0x133D_5A1E, 0x0FF4_9B0D, 0x3890_0CD1, 0x2C22_CC3F, 0x2885_2BB2, 0x06C6_5A02,
        0x7B2C_F7BC, 0x6801_6E1A, 0x15E1_6BC0, 0x5248_149A, 0x6DD2_12A0, 0x18D6_830A, 0x5001_BE82, 0x64DA_C34E,
        0x5902_B287, 0x4265_83A0, 0x0C92_1632, 0x3FE0_28A5, 0x245F_8E49, 0x43BB_297E, 0x7873_DBD9, 0x3CC9_87DF,
        0x286B_B4CE, 0x640A_8DCD, 0x512A_8E36, 0x03A4_CF55, 0x4818_37A2, 0x03D6_DA84, 0x7372_6AC7, 0x760E_7FDF,
    ];

    /// <summary>Added to word 0 before its cube in the twenty internal rounds.</summary>
    public static ReadOnlySpan<uint> Internal =>
    [
        0x54DF_EB5D, 0x7D40_AFD6, 0x722C_B316, 0x106A_4573, 0x45A7_CCDB,
        0x4406_1375, 0x1540_77A5, 0x4574_4FAA, 0x4EB5_E5EE, 0x3794_E83F,
        0x47C7_093C, 0x5694_903C, 0x69CB_6299, 0x373D_F84C, 0x46A0_DF58,
        0x46B8_758A, 0x3241_EBCB, 0x0B09_D233, 0x1AF4_2357, 0x1E66_CEC2,
    ];

    /// <summary>Added before the cubes of the last four external rounds, sixteen a round.</summary>
    public static ReadOnlySpan<uint> Final =>
    [
        0x43E7_DC24, 0x259A_5D61, 0x27E8_5A3B, 0x1B91_33FA, 0x343E_5628, 0x485C_D4C2, 0x16E2_69F5, 0x165B_60C6,
        0x25F6_83D9, 0x124F_81F9, 0x1743_31F9, 0x7734_4DC5, 0x5A82_1DBA, 0x5FC4_177F, 0x5415_3BF5, 0x5E3F_1194,
        0x3BDB_F191, 0x088C_84A3, 0x6825_6C9B, 0x3C90_BBC6, 0x6846_166A, 0x03F4_238D, 0x4633_35FB, 0x5E3D_3551,
        0x6E59_AE6F, 0x32D0_6CC0, 0x5962_93F3, 0x6C87_EDB2, 0x08FC_60B5, 0x34BC_CA80, 0x24F0_07F3, 0x6273_1C6F,
        0x1E1D_B6C6, 0x0CA4_09BB, 0x585C_1E78, 0x56E9_4EDC, 0x16D2_2734, 0x18E1_1467, 0x7B2C_3730, 0x7700_75E4,
        0x35D1_B18C, 0x22BE_3DB5, 0x4FB1_FBB7, 0x477C_B3ED, 0x7D53_11C6, 0x5B62_AE7D, 0x559C_5FA8, 0x77F1_5048,
        0x3211_570B, 0x490F_EF6A, 0x77EC_311F, 0x2247_171B, 0x4E0A_C711, 0x2EDF_69C9, 0x3B5A_8850, 0x6580_9421,
        0x5619_B4AA, 0x3620_19A7, 0x6BF9_D4ED, 0x5B41_3DFF, 0x617E_181E, 0x5E7A_B57B, 0x33AD_7833, 0x3466_C7CA,
    ];

    /// <summary>V of the internal layer s_i = sum + V_i s_i: -2, 1, 2, 1/2, 3, 4, -1/2, -3, -4, 2^-8, 2^-3, 2^-24,
    /// -2^-8, -2^-3, -2^-4, -2^-24.</summary>
    public static ReadOnlySpan<uint> Diagonal =>
    [
        2130706431, 1, 2, 1065353217, 3, 4, 1065353216, 2130706430,
        2130706429, 2122383361, 1864368129, 2130706306, 8323072, 266338304, 133169152, 127,
    ];
}
